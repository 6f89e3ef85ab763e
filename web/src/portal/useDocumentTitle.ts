import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useRoute } from 'wouter';
import { findTicketOptions, listTicketsOptions } from '#api/generated/@tanstack/react-query.gen.ts';

/** The title of the document: how many tickets are unread, and what is open. */
export function useDocumentTitle() {
  const [, params] = useRoute('/t/:number');
  const [isNew] = useRoute('/new');
  const ticket_number = Number(params?.number);
  const unread = useQuery(listTicketsOptions({ query: { is_client_read: false, items_per_page: 1 } }));
  const ticket = useQuery({ ...findTicketOptions({ path: { ticket_number } }), enabled: ticket_number > 0 });

  const count = unread.data?.item_count ?? 0;
  const open = isNew ? t`New ticket` : ticket_number > 0 ? ticket.data?.summary : undefined;
  const title = [open, t`Support`].filter(Boolean).join(' – ');
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${title}` : title;
  }, [count, title]);
}
