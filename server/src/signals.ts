/** Signals that end the process, as an AbortSignal, so that everything can be stopped in order. */

/** The first signal aborts. Stopping takes at most DRAIN_SECONDS, so later signals change nothing. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
  if (process.stdout.isTTY) signals.push('SIGHUP'); // sent when a terminal closes; not handled under nohup
  for (const signal of signals) {
    process.on(signal, () => stopping.abort(new Error(`${signal} ended the command before it was done.`)));
  }
  return stopping.signal;
}
