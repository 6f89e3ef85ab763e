import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '#shared/ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';

interface RangeDialogProps {
  title: string;
  /** The fields of the first and of the last value. */
  children: ReactNode;
  onShow(): void;
  onClose(): void;
}

/** Asks for the two ends of a filter. */
export function RangeDialog({ title, children, onShow, onClose }: RangeDialogProps) {
  const id = 'range';
  return (
    <Dialog
      title={title}
      width={380}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" type="submit" form={id}>
            <Trans>Show</Trans>
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={`${form.form} ${form.range}`}
        onSubmit={(event) => {
          event.preventDefault();
          onShow();
          onClose();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
