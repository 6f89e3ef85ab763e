import { ClientDialog } from './ClientDialog.tsx';
import type { Change, ListSearch } from './list-search.ts';
import { ScoreDialog } from './ScoreDialog.tsx';
import { SearchHelp } from './SearchHelp.tsx';

export type FilterDialog = 'client' | 'score' | 'help';

interface FilterDialogsProps {
  dialog: FilterDialog;
  search: ListSearch;
  onChange(change: Change): void;
  onClose(): void;
}

/** What a menu cannot ask for. Its code is loaded with it. */
export default function FilterDialogs({ dialog, search, onChange, onClose }: FilterDialogsProps) {
  if (dialog === 'help') return <SearchHelp onClose={onClose} />;
  if (dialog === 'score') return <ScoreDialog search={search} onChange={onChange} onClose={onClose} />;
  return <ClientDialog name={search.client ?? ''} onChange={onChange} onClose={onClose} />;
}
