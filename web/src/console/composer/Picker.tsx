import { useEffect, useRef } from 'react';
import { AvailabilityDot } from '../availability/AvailabilityDot.tsx';
import { AvailabilityWord } from '../availability/AvailabilityWord.tsx';
import styles from './Picker.module.css';
import type { CompletionState } from './useCompletion.ts';

export const PICKER_ID = 'composer-picker';
/** Of all that it offers at once. */
const MAX_HEIGHT = 410;

export const optionId = (index: number) => `${PICKER_ID}-${index}`;

/**
 * What can be inserted at the caret. It stands above the composer, so that the text and who reads it stay in sight. The
 * focus stays in the text; keys come from there.
 */
export function Picker({ completion }: { completion: CompletionState }) {
  const { isOpen, name, options, active, setActive, position } = completion;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [box, option] = [list.current, list.current?.children[active]];
    if (!box || !(option instanceof HTMLElement)) return;
    // Never scrollIntoView: it scrolls the page around us, too.
    if (option.offsetTop < box.scrollTop) box.scrollTop = option.offsetTop - 4;
    const end = option.offsetTop + option.offsetHeight;
    if (end > box.scrollTop + box.clientHeight) box.scrollTop = end - box.clientHeight + 4;
  }, [active]);
  if (!isOpen || !position) return null;
  return (
    <div className={styles.anchor} style={{ left: `min(${position.left}px, max(8px, 100% - 388px))` }}>
      <div
        ref={list}
        id={PICKER_ID}
        role="listbox"
        className={styles.picker}
        style={{ maxHeight: Math.min(MAX_HEIGHT, position.room) }}
        aria-label={name}
      >
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text has the focus, and its keys choose
          <div
            key={option.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => index !== active && setActive(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={option.choose}
          >
            <b>
              {option.availability && <AvailabilityDot availability={option.availability} />}
              {option.title}
            </b>
            <span>
              {option.availability && <AvailabilityWord availability={option.availability} />}
              {option.shortcut && <code>{option.shortcut}</code>}
            </span>
            {option.preview && <small>{option.preview}</small>}
          </div>
        ))}
      </div>
    </div>
  );
}
