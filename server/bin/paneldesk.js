#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=8
// Plain JavaScript, so that an old Node can read it and say what to do instead of failing on TypeScript.
import module from 'node:module';
import { join } from 'node:path';
import v8 from 'node:v8';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Paneldesk runs on Node 24; this is Node ${process.versions.node}.\n` +
      'Start it with "npm start" or "npx paneldesk …": both use the Node 24 that "npm ci" installed.',
  );
  process.exit(1);
}

// Left alone, V8 lets the heap grow to five times what is in use before it collects; with this and the option above,
// which is read at the start only, a loaded server takes 150 to 170 MiB where it took 270 to 360.
v8.setFlagsFromString('--heap-growing-percent=20');
// Not in the system's tmp, the default: whoever may write there could put code of their own into it.
module.enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'paneldesk'));
await import('../src/cli.ts');
