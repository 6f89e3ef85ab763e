/** The requests of actions go one after the other: each is about what the one before has made of the ticket. */

/** One that hangs does not hold the others for ever. */
const WAIT_MS = 10_000;
let last: Promise<unknown> = Promise.resolve();

export function inOrder<Result>(request: () => Promise<Result>): Promise<Result> {
  const time = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const next = Promise.race([last, time]).then(request);
  last = next.catch(() => {});
  return next;
}
