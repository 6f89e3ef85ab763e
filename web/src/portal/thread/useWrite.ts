import { useEffect, useRef, useState } from 'react';
import { ApiError } from '#api/errors.ts';
import { wordsOf } from '#shared/refusals/words.ts';

export interface Write {
  /** Does it, and remembers how it went; true when it went well. */
  run(work: () => Promise<void>): Promise<boolean>;
  /** Does again what has failed; null while nothing has, and until the server takes it. */
  retry: (() => void) | null;
  isBusy: boolean;
  /** What went wrong, in words; null when nothing did. */
  error: string | null;
  /** Seconds until the server takes the next try; 0 when it does now. */
  wait: number;
}

/** One write of a component: whether it is on its way, and what became of it. */
export function useWrite(): Write {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [wait, setWait] = useState(0);

  useEffect(() => {
    if (wait === 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const last = useRef(async () => {});
  async function run(work: () => Promise<void>) {
    last.current = work;
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failed) {
      if (!(failed instanceof ApiError)) throw failed;
      setError(failed);
      setWait(failed.status === 429 ? (failed.retryAfter ?? 5) : 0);
      return false;
    } finally {
      setBusy(false);
    }
  }

  return {
    isBusy,
    wait,
    // A screen reader is told how long it takes, and when it is over, not every second.
    error: error && wordsOf(error, error.status === 429 && wait === 0 ? 0 : undefined),
    retry: error && wait === 0 ? () => void run(last.current) : null,
    run,
  };
}
