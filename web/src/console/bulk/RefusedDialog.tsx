import { Link } from '@tanstack/react-router';
import styles from '../dialogs/Dialogs.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import type { Refused } from './dialogs.ts';

interface RefusedDialogProps {
  title: string;
  refused: Refused[];
  onClose(): void;
}

/** Which tickets an action has not changed, each with the reason. */
export default function RefusedDialog({ title, refused, onClose }: RefusedDialogProps) {
  return (
    <Dialog title={title} width={560} onClose={onClose}>
      <ul className={styles.refused}>
        {refused.map(({ number, summary, why }) => (
          <li key={number}>
            <Link to="/$list/$number" params={{ list: 'open', number: String(number) }} onClick={onClose}>
              #{number} {summary}
            </Link>
            <span>{why}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
