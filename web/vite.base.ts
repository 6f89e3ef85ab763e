/** What both faces share: where sources and builds lie, translated messages, and a build for a strict CSP. */
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { transformAsync } from '@babel/core';
import { lingui } from '@lingui/vite-plugin';
import type { Plugin, UserConfig } from 'vite';
import { emoji } from './emoji.ts';

/** Messages of the bundler that nobody needs to act on. */
const quiet = new Set<string | undefined>(['MODULE_LEVEL_DIRECTIVE', 'PLUGIN_TIMINGS']);

export function faceConfig(face: 'console' | 'portal'): UserConfig {
  return {
    root: join(import.meta.dirname, 'src', face),
    base: `/${face}/`,
    plugins: [emoji, linguiMacros, lingui({ configPath: join(import.meta.dirname, 'lingui.config.ts') })],
    css: { modules: { generateScopedName: (name, file) => `${name}_${shortHash(file)}` } },
    build: {
      outDir: join(import.meta.dirname, 'dist', face),
      emptyOutDir: true,
      target: 'es2023',
      cssTarget: ['chrome123', 'edge123', 'firefox125', 'safari17.5'], // as docs/faces.md names them
      assetsInlineLimit: 0, // a font in a data: address is refused by the CSP
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000, // web/test/build.test.ts has the budgets
      rolldownOptions: {
        onLog: (level, log, say) => void (!quiet.has(log.code) && say(level, log)),
      },
    },
  };
}

/** The default names end with the line, too, which does not compress: it is 3 % of the style sheets. */
const shortHash = (file: string) =>
  createHash('sha256')
    .update(relative(import.meta.dirname, file))
    .digest('hex')
    .slice(0, 5);

/**
 * Lingui's macros. Its native transform is faster, but npm leaves it out on Node 20 (it asks for 22.19), with which an
 * installation may run npm.
 */
const linguiMacros: Plugin = {
  name: 'lingui-macros',
  enforce: 'pre',
  transform: {
    filter: { id: /\.tsx?$/, code: /@lingui\/(?:core|react)\/macro/ },
    async handler(code, id) {
      const result = await transformAsync(code, {
        filename: id,
        configFile: false,
        babelrc: false,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
        sourceMaps: true,
      });
      return result?.code ? { code: result.code, map: result.map } : null;
    },
  },
};
