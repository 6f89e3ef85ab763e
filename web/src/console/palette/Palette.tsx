import { t } from '@lingui/core/macro';
import { useState } from 'react';
import { CommandDialog } from '../ui/CommandDialog.tsx';
import { useIsPhone } from '../useIsPhone.ts';
import { closePalette, useIsPaletteOpen } from './open.ts';
import { useFound } from './useFound.tsx';
import { useOffers } from './useOffers.tsx';

/** Goes to anything and does anything, with the keyboard alone. */
export function Palette() {
  return useIsPaletteOpen() && <OpenPalette />;
}

function OpenPalette() {
  const [text, setText] = useState('');
  const isPhone = useIsPhone();
  const offers = useOffers(text);
  const found = useFound(text);
  return (
    <CommandDialog
      name={t`Search or jump to…`}
      placeholder={isPhone ? t`Search or jump to…` : t`A number, words, a client or a command`}
      groups={[...found.first, ...offers, ...found.last].filter(({ items }) => items.length > 0)}
      text={text}
      onType={setText}
      onClose={closePalette}
      empty={t`Nothing found.`}
    />
  );
}
