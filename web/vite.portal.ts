import { defineConfig, mergeConfig } from 'vite';
import { faceConfig } from './vite.base.ts';

/** The portal lies on pages of others, where bytes count: the same TSX runs on Preact (docs/decisions/0008). */
const preact = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
};

export default defineConfig(
  mergeConfig(faceConfig('portal'), {
    resolve: { alias: preact },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  }),
);
