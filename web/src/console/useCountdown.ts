import { useEffect, useState } from 'react';

/** Seconds that are left of a wait, counted down; 0 when it is over. `start` begins one. */
export function useCountdown(): { left: number; start(seconds: number): void } {
  const [end, setEnd] = useState(0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (end === 0) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= end) setEnd(0);
    }, 250);
    return () => clearInterval(timer);
  }, [end]);
  return {
    left: end === 0 ? 0 : Math.max(0, Math.ceil((end - now) / 1000)),
    start(seconds) {
      setNow(Date.now());
      setEnd(Date.now() + seconds * 1000);
    },
  };
}
