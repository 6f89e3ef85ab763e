import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { formatDateTime, formatDayTime } from '#shared/format.ts';
import { Button } from '#shared/ui/Button.tsx';
import { runAction } from '../actions/run.ts';
import { snooze } from '../actions/snooze.ts';
import { snoozeTimes } from '../list/snooze-times.ts';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';
import styles from './Dialogs.module.css';

interface SnoozeDialogProps {
  ticket: Pick<StaffTicket, 'number'>;
  onClose(): void;
}

/** Puts the ticket away until a time, or until the client writes. */
export default function SnoozeDialog({ ticket: { number }, onClose }: SnoozeDialogProps) {
  const { i18n } = useLingui();
  const [times] = useState(() => snoozeTimes());
  const [date, setDate] = useState('');
  const [time, setTime] = useState('09:00');
  const chosen = date && time ? new Date(`${date}T${time}`) : null;
  const isPast = chosen !== null && chosen.getTime() <= Date.now();

  function put(until: Date | null) {
    onClose();
    void runAction([number], snooze(until));
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen && !isPast) put(chosen);
  }

  return (
    <Dialog title={t`Snooze #${number}`} width={460} onClose={onClose}>
      <div className={styles.times}>
        {times.map(({ name, until }) => (
          <Button key={i18n._(name)} look="ghost" onClick={() => put(until)}>
            <span>{i18n._(name)}</span>
            <small title={formatDateTime(until.toISOString())}>{formatDayTime(until.toISOString())}</small>
          </Button>
        ))}
        <Button look="ghost" onClick={() => put(null)}>
          <span>
            <Trans>Until the client writes</Trans>
          </span>
        </Button>
      </div>
      <form className={`${form.form} ${styles.dates}`} onSubmit={submit}>
        <label>
          <Trans>Date</Trans>
          <input
            type="date"
            value={date}
            min={new Date().toLocaleDateString('sv')}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        </label>
        <label>
          <Trans>Time</Trans>
          <input type="time" value={time} onChange={(event) => setTime(event.currentTarget.value)} />
        </label>
        <Button type="submit" look="primary" disabled={!chosen || isPast}>
          <Trans>Snooze</Trans>
        </Button>
        {isPast && (
          <p role="alert">
            <Trans>This time has passed.</Trans>
          </p>
        )}
      </form>
    </Dialog>
  );
}
