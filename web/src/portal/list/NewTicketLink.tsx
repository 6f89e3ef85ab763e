import { Trans } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { Link } from 'wouter';
import button from '#shared/ui/Button.module.css';
import styles from './NewTicketLink.module.css';

/** `fab`: on a narrow page it floats over the list. */
export function NewTicketLink({ fab = false }: { fab?: boolean }) {
  const names = [button.button, button.primary, button.large, fab && styles.fab];
  return (
    <Link href="/new" className={names.filter(Boolean).join(' ')}>
      <Plus size={18} aria-hidden />
      <span>
        <Trans>New ticket</Trans>
      </span>
    </Link>
  );
}
