import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { close } from '../actions/close.ts';
import { runAction } from '../actions/run.ts';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';

interface CloseDialogProps {
  ticket: Pick<StaffTicket, 'number'>;
  onClose(): void;
}

/** Closes without a reply; the reason is for the team. */
export default function CloseDialog({ ticket: { number }, onClose }: CloseDialogProps) {
  const [reason, setReason] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    onClose();
    void runAction([number], close(reason.trim()));
  }
  return (
    <Dialog
      title={t`Close #${number} without a reply`}
      width={460}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" type="submit" form="close-ticket">
            <Trans>Close the ticket</Trans>
          </Button>
        </>
      }
    >
      <form id="close-ticket" className={form.form} onSubmit={submit}>
        <label>
          <Trans>Reason (the client does not see it)</Trans>
          <input
            value={reason}
            maxLength={1000}
            autoFocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      </form>
    </Dialog>
  );
}
