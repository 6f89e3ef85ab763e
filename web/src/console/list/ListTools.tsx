import { msg, t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { ArrowDownUp, Rows2, Rows4 } from 'lucide-react';
import { IconButton } from '#shared/ui/Button.tsx';
import { density, setDensity } from '../settings.ts';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { SORTS, type Sort } from './list-search.ts';
import { useListSearch } from './useListSearch.ts';

const names: Record<(typeof SORTS)[number], ReturnType<typeof msg>> = {
  '-updated': msg`Last change, newest first`,
  updated: msg`Last change, oldest first`,
  '-created': msg`Opened, newest first`,
  created: msg`Opened, oldest first`,
  waiting: msg`Waiting longest`,
  due: msg`Due soonest`,
  '-priority': msg`Most urgent`,
};

/** The height of rows and their order. */
export function ListTools({ sort }: { sort: Sort }) {
  const { i18n } = useLingui();
  const { search, change } = useListSearch();
  const isCompact = density.use() === 'compact';
  return (
    <>
      <IconButton
        size="small"
        label={t`Compact rows`}
        aria-pressed={isCompact}
        icon={isCompact ? <Rows2 size={16} aria-hidden /> : <Rows4 size={16} aria-hidden />}
        onClick={() => setDensity(isCompact ? 'comfortable' : 'compact')}
      />
      <Menu
        align="end"
        trigger={<IconButton size="small" label={t`Order`} icon={<ArrowDownUp size={16} aria-hidden />} />}
      >
        {SORTS.map((each) => (
          <MenuItem
            key={each}
            isChosen={(search.sort ?? sort) === each}
            onChoose={() => change({ sort: each === sort ? undefined : each })}
          >
            {i18n._(names[each])}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
