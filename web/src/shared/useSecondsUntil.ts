import { useEffect, useState } from 'react';

/** Counts down to a time in milliseconds; zero or less without one, and after it. */
export function useSecondsUntil(time: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  const seconds = time ? Math.ceil((time - now) / 1000) : 0;
  const isRunning = seconds > 0;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  return seconds;
}
