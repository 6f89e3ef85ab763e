/**
 * Uploads that are malformed, too large, interrupted, or larger than the free disk space: refused, with nothing left
 * behind.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { filesUnder, form, formType, sendForm, storedBlobs } from '#test/files.ts';
import { type Instance, openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { openFolderStore } from './folder-store.ts';

const MAX_BYTES = 20_000_000;
const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
await instance.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = instance.app.server.address() as AddressInfo; // it listens on a port

afterEach(async () => {
  const left = filesUnder(instance.folder).map((path) => path.slice(-36));
  assert.deepEqual(left, await storedBlobs(instance), 'every file on disk has a row, and every row a file');
});

const file = (content: string | Buffer, disposition = 'name="file"; filename="a.txt"'): Buffer =>
  form([disposition, content]);

test('a malformed form is refused', async () => {
  const whole = file('a line');
  for (const [what, body, type] of [
    ['no boundary', whole, 'multipart/form-data'],
    ['an empty boundary', whole, 'multipart/form-data; boundary='],
    ['another boundary', whole, 'multipart/form-data; boundary=other'],
    ['cut in the first boundary', whole.subarray(0, 10), formType],
    ['cut in a header', whole.subarray(0, 40), formType],
    ['cut in the content', whole.subarray(0, 110), formType],
    ['cut in the last boundary', whole.subarray(0, -4), formType],
    ['no form at all', Buffer.from('a line'), formType],
    ['JSON in a form', Buffer.from('{"file": 1}'), formType],
    ['a field named like a prototype', file('a', 'name="__proto__"; filename="a.txt"'), formType],
    ['a field named like a constructor', file('a', 'name="constructor"'), formType],
    ['a thousand fields', form(...Array(1000).fill(['name="a"', 'b']), ['name="file"', 'a']), formType],
  ] as const) {
    assertProblem(await sendForm(acme, body, type), 400, 'malformed_form', what);
  }
});

test('a form without exactly one file in the field "file" is refused', async () => {
  const named = 'name="file"; filename="a.txt"';
  for (const [what, body] of [
    ['nothing', Buffer.alloc(0)],
    ['no part', form()],
    ['another field', file('a line', 'name="upload"; filename="a.txt"')],
    ['a field that is no file', file('a line', 'name="file"')],
    ['two files', form([named, 'one'], [named, 'two'])],
    ['two files in two fields', form([named, 'one'], ['name="other"; filename="b.txt"', 'two'])],
    ['a file in another field first', form(['name="other"; filename="b.txt"', 'two'], [named, 'one'])],
  ] as const) {
    const response = await sendForm(acme, body);
    assertProblem(response, 400, 'invalid_request', what);
    assert.equal(response.body.errors[0].pointer, '/file');
  }
});

test('a few other fields do no harm', async () => {
  const { status } = await sendForm(
    acme,
    form(['name="note"', 'hello'], ['name="file"; filename="a.txt"', 'a']),
  );
  assert.equal(status, 200);
});

test('a body that is not a form is refused', async () => {
  assertProblem(await acme.post('/files/public/files', {}), 415, 'unsupported_media_type');
  for (const type of ['text/plain', 'application/octet-stream', 'multipart/mixed; boundary=a']) {
    assertProblem(await sendForm(acme, file('a'), type), 415, 'unsupported_media_type', type);
  }
});

test('an empty file is refused', async () => {
  assertProblem(await acme.upload('a.txt', ''), 400, 'empty_file');
});

test('20 MB are accepted, and one byte more is refused', async () => {
  const largest = await acme.upload('a.txt', Buffer.alloc(MAX_BYTES, 'a'));
  assert.equal(largest.status, 200, largest.text);
  assert.equal(largest.body.size, MAX_BYTES);
  assertProblem(await acme.upload('a.txt', Buffer.alloc(MAX_BYTES + 1, 'a')), 413, 'too_large');
});

function request(body: Buffer, headers = `content-length: ${body.length}`, token = acme.token): Buffer {
  const head = `POST /files/public/files HTTP/1.1\r\nhost: instance\r\nx-token: ${token}\r\ncontent-type: ${formType}`;
  return Buffer.concat([Buffer.from(`${head}\r\n${headers}\r\n\r\n`), body]);
}

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket.on('error', () => {});
}

async function readResponse(socket: Socket): Promise<string> {
  const [chunk] = await once(socket, 'data');
  return String(chunk);
}

test('a Content-Length of 4 GiB is refused before the bytes are sent', async () => {
  const socket = await open();
  socket.write(request(Buffer.from('--'), 'content-length: 4294967296'));
  assert.match(await readResponse(socket), /^HTTP\/1\.1 413 /);
  socket.destroy();
});

test('an upload without a length is refused once it is too large, not when it ends', async () => {
  const socket = await open();
  const response = readResponse(socket);
  let hasResponse = false;
  response.finally(() => {
    hasResponse = true;
  });
  socket.write(request(Buffer.alloc(0), 'transfer-encoding: chunked'));
  const chunk = (content: Buffer) =>
    Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n')]);
  socket.write(chunk(file('').subarray(0, -30)));
  for (let sent = 0; !hasResponse && sent < 20 * MAX_BYTES; sent += 1_000_000) {
    if (!socket.write(chunk(Buffer.alloc(1_000_000, 'a'))))
      await Promise.race([once(socket, 'drain'), response]);
  }
  assert.match(await response, /^HTTP\/1\.1 413 /);
  socket.destroy();
});

test('the connection of a refused upload stays usable', async () => {
  const socket = await open();
  socket.write(request(file(Buffer.alloc(5_000_000, 'a'), 'name="upload"; filename="a.txt"')));
  assert.match(await readResponse(socket), /^HTTP\/1\.1 400 /);
  socket.write(request(file('a line')));
  assert.match(await readResponse(socket), /^HTTP\/1\.1 200 /);
  socket.destroy();
});

test('an unauthenticated upload is refused before it is read', async () => {
  const socket = await open();
  socket.write(request(Buffer.from('--'), 'content-length: 1000000', 'nobody'));
  assert.match(await readResponse(socket), /^HTTP\/1\.1 401 /);
  socket.destroy();
});

/** Files of the instance that this process has open. */
const openFiles = (folder: string) =>
  readdirSync('/proc/self/fd')
    .map((fd) => (existsSync(`/proc/self/fd/${fd}`) ? readlinkSync(`/proc/self/fd/${fd}`) : ''))
    .filter((path) => path.startsWith(folder));

test('100 interrupted uploads leave no file, no open descriptor and no log entry', {
  skip: !existsSync('/proc/self/fd') && 'counts open files by /proc',
}, async () => {
  const before = await storedBlobs(instance);
  const whole = request(file(Buffer.alloc(300_000, 'a')));
  await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const socket = await open();
      const cut = i < 10 ? whole.length - 1 - i : Math.floor((whole.length * ((i * 37) % 100)) / 100);
      socket.write(whole.subarray(0, cut), () => (i % 2 ? socket.destroy() : socket.resetAndDestroy()));
      await once(socket, 'close');
    }),
  );
  await eventually(async () => (await connections(instance)) === 0);
  await eventually(
    () =>
      openFiles(instance.folder).length === 0 &&
      filesUnder(join(instance.folder, 'files', 'incoming')).length === 0,
  );
  assert.deepEqual(await storedBlobs(instance), before);
  assert.deepEqual(instance.log, []);
});

const connections = (of: Instance) =>
  new Promise<number>((resolve, reject) =>
    of.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

/** Mounts a small disk, or returns why that is not possible. */
function mountSmallDisk(): { folder: string } | string {
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    return { folder };
  } catch (error) {
    rmSync(folder, { recursive: true });
    return `mounting a small disk failed: ${(error as Error).message}`;
  }
}

test('a full disk is a 503 that stores nothing, and uploads work again once there is space', async (t) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return t.skip(disk);
  const store = await openFolderStore(join(disk.folder, 'files'));
  const small = await openInstance({ files: store });
  try {
    const client = await small.client();
    const first = await client.upload('a.txt', Buffer.alloc(700_000, 'a'));
    assert.equal(first.status, 200, first.text);
    const full = await client.upload('a.txt', Buffer.alloc(500_000, 'a'));
    assertProblem(full, 503, 'storage_full');
    assert.equal(full.headers['retry-after'], '60');
    assert.equal(filesUnder(disk.folder).length, 1);
    assert.deepEqual(await small.query('select uuid from files'), [{ uuid: first.body.uuid }]);
    const content = await client.get(`/files/public/files/${first.body.uuid}/content`);
    assert.equal(content.text.length, 700_000, 'reading goes on');

    await store.remove(filesUnder(disk.folder)[0]?.slice(-36) ?? '');
    assert.equal((await client.upload('a.txt', Buffer.alloc(500_000, 'a'))).status, 200);
  } finally {
    await small.close();
    execFileSync('umount', [disk.folder]);
    rmSync(disk.folder, { recursive: true });
  }
});
