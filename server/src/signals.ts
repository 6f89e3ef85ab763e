/** Signals that end the process: an AbortSignal, so that what has been started can be stopped in order. */

/** The first signal aborts; it takes DRAIN_SECONDS at most, so later ones change nothing. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
  if (process.stdout.isTTY) signals.push('SIGHUP'); // of a terminal that closes; with nohup there is none
  for (const signal of signals) {
    process.on(signal, () => stopping.abort(new Error(`${signal} ended the command before it was done.`)));
  }
  return stopping.signal;
}
