import { t } from '@lingui/core/macro';
import { useNavigate } from '@tanstack/react-router';
import { ListFilter } from 'lucide-react';
import type { View } from '#api/generated/types.gen.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import { useCommands } from '../palette/commands.ts';
import { searchOf } from './view-filter.ts';

/** Marks the button, to which the focus returns. */
export const EDIT_VIEW = 'data-edit-view';

/** Puts the filter of the view into the address, where it can be changed. */
export function EditViewButton({ view }: { view: View }) {
  const navigate = useNavigate();
  const edit = () => void navigate({ to: '.', search: searchOf(view) });
  const name = t`Change the filter`;
  useCommands(() => [{ id: 'view.edit', group: 'list', name, icon: ListFilter, run: edit }]);
  return (
    <IconButton
      size="small"
      label={name}
      icon={<ListFilter size={16} aria-hidden />}
      onClick={edit}
      {...{ [EDIT_VIEW]: true }}
    />
  );
}
