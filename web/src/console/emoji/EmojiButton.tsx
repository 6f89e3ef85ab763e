import { t } from '@lingui/core/macro';
import { Smile } from 'lucide-react';
import { lazy, memo, Suspense, useRef, useState } from 'react';
import { importPart } from '#shared/import-part.ts';
import { IconButton } from '#shared/ui/Button.tsx';

const EmojiPicker = lazy(() => importPart(() => import('./EmojiPicker.tsx')));

/** Opens the picker, which is loaded when somebody wants it. */
export const EmojiButton = memo(({ onChoose }: { onChoose(emoji: string): void }) => {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);

  function close(isByKey: boolean) {
    setOpen(false);
    if (isByKey) place.current?.querySelector('button')?.focus();
  }
  return (
    <span ref={place}>
      <IconButton
        size="small"
        label={t`Emoji`}
        icon={<Smile size={16} aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      <Suspense>
        {isOpen && (
          <EmojiPicker
            anchor={() => overTheForm(place.current)}
            onClose={close}
            onChoose={(emoji) => {
              close(false);
              onChoose(emoji);
            }}
          />
        )}
      </Suspense>
    </span>
  );
});

/** At the button, above the whole form: what is being written stays in sight. */
function overTheForm(button: HTMLElement | null) {
  const form = button?.closest('form');
  if (!button || !form) return button;
  return {
    contextElement: form,
    getBoundingClientRect() {
      const { x, width } = button.getBoundingClientRect();
      const { y, height } = form.getBoundingClientRect();
      return new DOMRect(x, y, width, height);
    },
  };
}
