import react from '@vitejs/plugin-react';
import { defineConfig, mergeConfig } from 'vite';
import { faceConfig } from './vite.base.ts';

export default defineConfig(mergeConfig(faceConfig('console'), { plugins: [react()] }));
