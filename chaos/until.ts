/** Polls `look` every 10 ms until it returns true. Returns the milliseconds it took. Throws after `timeoutMs`. */
export async function until(
  look: () => boolean | Promise<boolean>,
  timeoutMs: number,
  what: string,
): Promise<number> {
  const start = performance.now();
  while (!(await look())) {
    if (performance.now() - start > timeoutMs)
      throw new Error(`${what} did not happen within ${timeoutMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - start;
}
