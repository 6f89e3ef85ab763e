import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '#shared/ui/Button.tsx';
import { useMe } from '../me.ts';
import { wordsOf } from '../refusals.ts';
import { saveView } from '../sidebar/views.ts';
import { Dialog } from '../ui/Dialog.tsx';
import form from '../ui/Form.module.css';
import type { Sort } from './list-search.ts';
import type { ViewFilter } from './view-filter.ts';

const MAX_NAME = 100;

interface SaveViewDialogProps {
  /** What it may be called. */
  name: string;
  filter: ViewFilter;
  sort: Sort;
  onClose(): void;
}

/** Keeps a search in the sidebar. */
export function SaveViewDialog({ name: given, filter, sort, onClose }: SaveViewDialogProps) {
  const me = useMe();
  const navigate = useNavigate();
  const [name, setName] = useState(Array.from(given).slice(0, MAX_NAME).join(''));
  const [isShared, setShared] = useState(false);
  const [error, setError] = useState('');

  async function save(event: FormEvent) {
    event.preventDefault();
    try {
      const view = await saveView({ name: name.trim(), filter, sort, is_shared: isShared });
      onClose();
      void navigate({ to: '/$list', params: { list: `view.${view.view_id}` } });
    } catch (failed) {
      setError(wordsOf(failed));
    }
  }

  return (
    <Dialog
      title={t`Save as view`}
      width={420}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" type="submit" form="save-view" disabled={name.trim() === ''}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <form id="save-view" className={form.form} onSubmit={save}>
        <label>
          <Trans>Name</Trans>
          <input
            value={name}
            maxLength={MAX_NAME}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        {me.role === 'admin' && (
          <label className={form.check}>
            <input type="checkbox" checked={isShared} onChange={(event) => setShared(event.target.checked)} />
            <Trans>Show it to the whole team</Trans>
          </label>
        )}
        {error && <p role="alert">{error}</p>}
      </form>
    </Dialog>
  );
}
