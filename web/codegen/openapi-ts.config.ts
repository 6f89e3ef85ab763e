/** The API's types, client and queries, written from docs/openapi.json to src/api/generated. */
import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: '../../docs/openapi.json',
  output: {
    path: process.env.CODEGEN_FOLDER ?? '../src/api/generated',
    importFileExtension: '.ts',
    clean: true,
  },
  parser: {
    filters: {
      // Streams are read by src/api/stream.ts; the generator's code for them does not compile.
      operations: { exclude: ['GET /support/events', 'GET /staff/events/stream'] },
      orphans: true,
    },
  },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true },
    '@hey-api/typescript',
    { name: '@hey-api/sdk', responseStyle: 'data' },
    { name: '@tanstack/react-query', mutationOptions: false },
  ],
});
