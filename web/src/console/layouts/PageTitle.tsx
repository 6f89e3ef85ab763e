import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { countOf, useNotifications } from '../bell/unread.ts';
import { ticketOptions } from '../cache.ts';
import { useNamedList } from '../list/useNamedList.ts';
import { usePending } from '../pending.ts';

/** The heading of the page, which is heard and not seen; the title of the tab, which counts what the bell does. */
export function PageTitle() {
  const { t } = useLingui();
  const { list, number } = useParams({ strict: false });
  const { count: unread = 0 } = useNotifications() ?? {};
  const named = useNamedList(list ?? '').name;
  const ticket = usePending(
    useQuery({
      ...ticketOptions(Number(number)),
      enabled: false, // the page reads it
    }).data,
  );
  const place = list === undefined ? t`Settings` : named;
  const title = number === undefined ? place : `#${number} ${ticket?.summary ?? ''}`.trim();
  useEffect(() => {
    document.title = `${unread > 0 ? `(${countOf(unread)}) ` : ''}${title} – Paneldesk`;
  }, [unread, title]);
  return <h1 className="visually-hidden">{number === undefined ? place : t`Ticket #${number}`}</h1>;
}
