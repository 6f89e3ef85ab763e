import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '#shared/ui/Button.tsx';
import { Buttons } from '#shared/ui/Buttons.tsx';
import { close } from './actions.ts';
import dialogStyles from './Dialog.module.css';
import { Dialog } from './Dialog.tsx';
import { useWrite } from './useWrite.ts';

export function CloseDialog({ number, onClose }: { number: number; onClose(): void }) {
  const { run, isBusy, error, wait } = useWrite();
  async function confirm() {
    if (await run(() => close(number))) onClose();
  }
  return (
    <Dialog title={t`Close this ticket?`} onClose={onClose}>
      <p>
        <Trans>Support stops working on it. To open it again, write a message.</Trans>
      </p>
      {error && (
        <p className={dialogStyles.error} role="alert">
          {error}
        </p>
      )}
      <Buttons className={dialogStyles.buttons}>
        <Button size="large" onClick={onClose}>
          <Trans>Keep it open</Trans>
        </Button>
        <Button size="large" look="primary" disabled={isBusy || wait > 0} onClick={() => void confirm()}>
          <Trans>Close ticket</Trans>
        </Button>
      </Buttons>
    </Dialog>
  );
}
