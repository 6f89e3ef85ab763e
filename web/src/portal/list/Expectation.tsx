import { plural } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getClientOptions } from '#api/generated/@tanstack/react-query.gen.ts';

/** How soon support usually answers; nothing while there is too little to tell by. */
export function Expectation() {
  const { data } = useQuery(getClientOptions());
  const minutes = data?.first_response_minutes;
  if (minutes === null || minutes === undefined) return null;
  return <p>{wordsOf(Math.max(1, Math.ceil(minutes)))}</p>;
}

function wordsOf(minutes: number): string {
  const hours = Math.ceil(minutes / 60);
  const days = Math.ceil(hours / 24);
  if (minutes < 90)
    return plural(minutes, {
      one: 'We usually answer within #\u00a0minute',
      other: 'We usually answer within #\u00a0minutes',
    });
  if (hours <= 36)
    return plural(hours, {
      one: 'We usually answer within #\u00a0hour',
      other: 'We usually answer within #\u00a0hours',
    });
  return plural(days, {
    one: 'We usually answer within #\u00a0day',
    other: 'We usually answer within #\u00a0days',
  });
}
