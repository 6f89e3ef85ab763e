#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it and say what to do instead of failing on TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Paneldesk runs on Node 24; this is Node ${process.versions.node}.\n` +
      'Start it with "npm start" or "npx paneldesk …": both use the Node 24 that "npm ci" installed.',
  );
  process.exit(1);
}
await import('../src/cli.ts');
