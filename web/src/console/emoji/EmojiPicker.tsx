import { t } from '@lingui/core/macro';
import { type ComponentProps, useEffect, useState } from 'react';
import { GridPicker } from '../ui/GridPicker.tsx';
import { sayFailed } from '../ui/toasts.ts';
import { firstDrawn } from './drawn.ts';
import { type Emoji, findEmoji, loadEmoji, recentEmoji, rememberEmoji } from './find-emoji.ts';

const COLUMNS = 8;
/** Faces and hands; the others are found by their names. */
const SHOWN = 160;
const FOUND = 64;

/** Those that were used last, then the others. */
function inTurn(all: Emoji[], recent: string[]): Emoji[] {
  const used = recent.flatMap((symbol) => all.filter(({ emoji }) => emoji === symbol));
  return [...used, ...firstDrawn(all, SHOWN).filter((each) => !used.includes(each))].slice(0, SHOWN);
}

interface EmojiPickerProps {
  anchor: ComponentProps<typeof GridPicker>['anchor'];
  onChoose(emoji: string): void;
  onClose(isByKey: boolean): void;
}

export default function EmojiPicker({ anchor, onChoose, onClose }: EmojiPickerProps) {
  const [all, setAll] = useState<Emoji[] | null>(null);
  const [text, setText] = useState('');
  const [recent] = useState(recentEmoji);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    loadEmoji().then(setAll, () => {
      sayFailed(t`No connection`);
      onClose(true);
    });
  }, []);
  if (!all) return null;

  const shown = text.trim() === '' ? inTurn(all, recent) : firstDrawn(findEmoji(all, text), FOUND);
  return (
    <GridPicker
      name={t`Find an emoji`}
      anchor={anchor}
      columns={COLUMNS}
      items={shown.map(({ emoji, name }) => ({ symbol: emoji, name }))}
      text={text}
      empty={t`No emoji has this name.`}
      onType={setText}
      onChoose={({ symbol }) => {
        rememberEmoji(symbol);
        onChoose(symbol);
      }}
      onClose={onClose}
    />
  );
}
