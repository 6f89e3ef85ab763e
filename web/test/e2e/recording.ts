/** Every byte that a page receives, those of streams included. */
import type { Page } from 'playwright-core';

export interface Recording {
  /** What has come so far, as text. */
  text(): string;
}

/** Begins to record; what is loaded before is not in it. */
export async function record(page: Page): Promise<Recording> {
  const cdp = await page.context().newCDPSession(page);
  const received: Buffer[] = [];
  const take = (base64: string | undefined) => base64 && received.push(Buffer.from(base64, 'base64'));
  await cdp.send('Network.enable');
  cdp.on('Network.dataReceived', ({ data }) => take(data));
  cdp.on('Network.responseReceived', async ({ requestId, response }) => {
    received.push(Buffer.from(JSON.stringify(response.headers)));
    try {
      const { bufferedData } = await cdp.send('Network.streamResourceContent', { requestId });
      take(bufferedData);
    } catch {
      // It is complete already.
      const body = await cdp.send('Network.getResponseBody', { requestId }).catch(() => null);
      if (body) received.push(Buffer.from(body.body, body.base64Encoded ? 'base64' : 'utf8'));
    }
  });
  return { text: () => Buffer.concat(received).toString() };
}
