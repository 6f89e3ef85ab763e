import { plural, t } from '@lingui/core/macro';
import { useEffect, useState } from 'react';
import { ApiError } from '#api/errors.ts';

export interface Write {
  /** Does it, and remembers how it went; true when it went well. */
  run(work: () => Promise<void>): Promise<boolean>;
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

  return {
    isBusy,
    wait,
    error: error && errorInWords(error, wait),
    async run(work) {
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
    },
  };
}

function errorInWords({ status, problem }: ApiError, wait: number): string {
  if (status === 0) return t`No connection. Please try again.`;
  if (status === 401) return t`The session has ended`;
  if (status === 429)
    return wait > 0
      ? plural(wait, { one: 'Too fast: wait # second', other: 'Too fast: wait # seconds' })
      : t`You can try again now.`;
  if (problem?.code === 'too_late_to_redact')
    return t`A message can be removed for 15 minutes only. Ask support to remove it.`;
  return problem?.detail ?? t`It did not work. Please try again.`;
}
