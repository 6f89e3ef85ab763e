import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Check, CircleCheck, Ellipsis, Link2, Mails, UserRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Ticket } from '#api/generated/types.gen.ts';
import { importPart } from '#shared/import-part.ts';
import { useHasEnded } from '../ended.ts';
import { Menu, MenuItem } from './Menu.tsx';

const load = () => importPart(() => import('./dialogs.ts'));
const PeopleDialog = lazy(() => load().then(({ PeopleDialog }) => ({ default: PeopleDialog })));
const CloseDialog = lazy(() => load().then(({ CloseDialog }) => ({ default: CloseDialog })));
const COPIED_MS = 2000;

/** What else can be done with a ticket. */
export function TicketMenu({ ticket }: { ticket: Ticket }) {
  const [open, setOpen] = useState<'name' | 'emails' | 'close' | null>(null);
  const [isCopied, setCopied] = useState(false);
  const hasEnded = useHasEnded(); // what is left is the link

  async function copyLink() {
    await navigator.clipboard.writeText(location.href.split('#')[0] ?? '');
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  }
  return (
    <>
      <Menu
        label={t`More actions`}
        icon={isCopied ? <Check size={20} aria-hidden /> : <Ellipsis size={20} aria-hidden />}
      >
        {!hasEnded && (
          <>
            <MenuItem icon={<UserRound size={16} aria-hidden />} onClick={() => setOpen('name')}>
              <Trans>Who is speaking…</Trans>
            </MenuItem>
            <MenuItem icon={<Mails size={16} aria-hidden />} onClick={() => setOpen('emails')}>
              <Trans>Copies to…</Trans>
            </MenuItem>
          </>
        )}
        <MenuItem icon={<Link2 size={16} aria-hidden />} onClick={() => void copyLink()}>
          <Trans>Copy link</Trans>
        </MenuItem>
        {ticket.can.close && !hasEnded && (
          <MenuItem icon={<CircleCheck size={16} aria-hidden />} onClick={() => setOpen('close')}>
            <Trans>Close ticket…</Trans>
          </MenuItem>
        )}
      </Menu>
      <span className="visually-hidden" role="status">
        {isCopied && <Trans>The link is copied.</Trans>}
      </span>
      <Suspense fallback={null}>
        {(open === 'name' || open === 'emails') && (
          <PeopleDialog ticket={ticket} first={open} onClose={() => setOpen(null)} />
        )}
        {open === 'close' && <CloseDialog number={ticket.number} onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
