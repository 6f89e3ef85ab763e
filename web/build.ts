/**
 * Builds the console and the portal into `web/dist`, and compresses their assets.
 *
 *     node web/build.ts              builds
 *     node web/build.ts --if-stale   builds when a source is newer than the build, and never fails: for `npm start`
 *     node web/build.ts --watch      builds again at every change, without compressing: for `npm run dev`. Open pages reload
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compressAssets } from './compress.ts';

const faces = ['console', 'portal'];
/** Written last: a build that was interrupted has none. */
const markOf = (web: string) => join(web, 'dist', 'built');

/** Whether a source, a setting of the build or a dependency has changed since the build; `web` is this folder. */
export function isStale(web: string): boolean {
  const built = timeOf(markOf(web));
  const settings = readdirSync(web)
    .filter((name) => /\.(ts|json)$/.test(name))
    .map((name) => join(web, name));
  const src = join(web, 'src');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((name) => join(src, name));
  const all = [...settings, src, ...sources, join(web, '..', 'package-lock.json')];
  return all.some((path) => timeOf(path) >= built);
}

/** A folder's time changes when a file in it is added, renamed or removed. */
const timeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether there is anything to build: the published package has the built files only. */
const hasSources = (web: string) => faces.every((face) => existsSync(join(web, `vite.${face}.ts`)));

/** Vite in a process of its own for each face: side by side, and the server never loads it. */
function startVite(web: string, optionsOf: (face: string) => string[]): ChildProcess[] {
  const vite = join(
    createRequire(join(web, 'build.ts')).resolve('vite/package.json'),
    '..',
    'bin',
    'vite.js',
  );
  return faces.map((face) => {
    const args = [vite, 'build', '--config', `vite.${face}.ts`, '--logLevel', 'warn', ...optionsOf(face)];
    return spawn(process.execPath, args, { cwd: web, stdio: ['ignore', 'inherit', 'inherit'] });
  });
}

/**
 * Builds both faces, or throws after Vite has said what is wrong. What was built before is there, whole, until the new
 * build takes its place: a server may be serving it.
 */
export async function build(web: string) {
  const began = performance.now();
  console.log('Building the web: console and portal.');
  rmSync(markOf(web), { force: true });
  const next = join(web, 'dist', 'next');
  rmSync(next, { recursive: true, force: true });
  const children = startVite(web, (face) => ['--outDir', join(next, face)]);
  const exits = await Promise.all(children.map((child) => once(child, 'exit')));
  if (exits.some(([code]) => code !== 0)) throw new Error('Vite could not build it: see above.');
  await compressAssets(next);
  for (const face of faces) {
    const built = join(web, 'dist', face);
    if (existsSync(built)) renameSync(built, join(next, `${face}.before`));
    renameSync(join(next, face), built);
  }
  rmSync(next, { recursive: true });
  writeFileSync(markOf(web), '');
  console.log(`Built the web in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}

/** Builds what is stale. A web that cannot be built does not keep the server from starting. */
export async function buildIfStale(web: string) {
  try {
    if (hasSources(web) && isStale(web)) await build(web);
  } catch (error) {
    console.error(`The web is not built: ${(error as Error).message}`);
    console.error('The server starts without the new console and portal. To build them: npm run build');
  }
}

/** Ends with the server, which `npm run dev` runs as the parent of this process. */
function watch(web: string) {
  if (!hasSources(web)) return;
  rmSync(markOf(web), { force: true }); // what is left behind is not compressed
  const parent = process.ppid;
  const children = startVite(web, () => ['--watch', '--mode', 'development']);
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    for (const child of children) child.kill();
  }, 1000);
}

if (import.meta.main) {
  const web = import.meta.dirname;
  if (process.argv.includes('--watch')) watch(web);
  else if (process.argv.includes('--if-stale')) await buildIfStale(web);
  else {
    await build(web).catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
  }
}
