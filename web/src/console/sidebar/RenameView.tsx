import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import type { View } from '#api/generated/types.gen.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';
import { renameView } from './views.ts';

export default function RenameView({ view, onClose }: { view: View; onClose(): void }) {
  const [name, setName] = useState(view.name);
  return (
    <Dialog
      title={t`Rename the view`}
      width={420}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" type="submit" form="rename-view" disabled={name.trim() === ''}>
            <Trans>Rename</Trans>
          </Button>
        </>
      }
    >
      <form
        id="rename-view"
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void renameView(view, name.trim());
          onClose();
        }}
      >
        <label>
          <Trans>Name</Trans>
          <input
            value={name}
            maxLength={100}
            autoFocus
            onFocus={(event) => event.target.select()}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
      </form>
    </Dialog>
  );
}
