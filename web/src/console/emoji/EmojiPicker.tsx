import { t } from '@lingui/core/macro';
import { type RefObject, useEffect, useState } from 'react';
import { GridPicker } from '../ui/GridPicker.tsx';
import { sayFailed } from '../ui/toasts.ts';
import { type Emoji, findEmoji, loadEmoji, recentEmoji, rememberEmoji } from './find-emoji.ts';

const COLUMNS = 8;
/** Faces and hands; the others are found by their names. */
const SHOWN = 160;

interface EmojiPickerProps {
  anchor: RefObject<HTMLElement | null>;
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

  const used = recent.flatMap((symbol) => all.filter(({ emoji }) => emoji === symbol));
  const first = [...used, ...all.filter((each) => !used.includes(each)).slice(0, SHOWN - used.length)];
  const shown = text.trim() === '' ? first : findEmoji(all, text);
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
