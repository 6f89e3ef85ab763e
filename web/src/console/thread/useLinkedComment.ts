import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { readEarlier } from '../cache.ts';

/** The comment that the address names, `#c123`; earlier ones are read until it is there. */
export function useLinkedComment(ticket: StaffTicketWithComments): number | null {
  const hash = useLocation({ select: (location) => location.hash });
  const linked = /^c\d{1,15}$/.test(hash) ? Number(hash.slice(1)) : null;
  const isReading = useRef(false);
  const first = ticket.comments[0]?.id ?? 0;
  useEffect(() => {
    if (linked === null || linked >= first || !ticket.has_earlier_comments || isReading.current) return;
    isReading.current = true;
    readEarlier(ticket)
      .catch(() => {}) // the button above the messages says it when it is pressed
      .finally(() => {
        isReading.current = false;
      });
  }, [linked, first, ticket]);
  return linked;
}
