import { formatAge, formatAgo, formatDateTime, formatTime } from '#shared/format.ts';
import { useNow } from '#shared/useNow.ts';

interface TimeProps {
  time: string;
  as: 'time' | 'ago' | 'age';
  className?: string;
}

const formats = { time: (time: string) => formatTime(time), ago: formatAgo, age: formatAge };

/** A time in short; in full as its title. */
export function Time({ time, as, className }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={time} title={formatDateTime(time)} className={className}>
      {formats[as](time, now)}
    </time>
  );
}
