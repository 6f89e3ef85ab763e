/**
 * Loaded before the tests. `node:test` follows every promise, to name the test that an uncaught error belongs to; that
 * makes an `await` ten times as expensive. Without it, such an error fails the file.
 */
import hooks from 'node:async_hooks';

const inert: hooks.AsyncHook = { enable: () => inert, disable: () => inert };
hooks.createHook = () => inert;
