/** A modal dialog: the page behind it is inert, Esc closes it, and the focus returns to where it was. */
import { Dialog as Base } from '@base-ui/react/dialog';
import { t } from '@lingui/core/macro';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from '#shared/ui/Button.tsx';
import { Buttons } from '#shared/ui/Buttons.tsx';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  /** In pixels; less where the window is narrower. */
  width?: number;
  onClose(): void;
  children: ReactNode;
  /** The buttons, the one that does it last. */
  footer?: ReactNode;
  /** Said above the buttons, always in view. */
  note?: ReactNode;
  /** It has nothing to focus: a keyboard scrolls it. */
  isText?: boolean;
  /** It opens by itself, and its last button does no harm: that one has the focus. */
  isQuestion?: boolean;
  /** It ends with a list, which is what scrolls. */
  isList?: boolean;
}

/** It is open for as long as it is drawn. */
export function Dialog({
  title,
  width = 520,
  onClose,
  children,
  footer,
  note,
  isText,
  isQuestion,
  isList,
}: DialogProps) {
  const content = useRef<HTMLDivElement>(null);
  const footerOf = useRef<HTMLElement>(null);
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup
          className={styles.dialog}
          style={{ maxWidth: width }}
          initialFocus={() => (isQuestion ? lastButton(footerOf.current) : firstField(content.current))}
        >
          <header>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton label={t`Close`} icon={<X size={18} aria-hidden />} />} />
          </header>
          <div
            ref={content}
            className={`${styles.content} ${isList ? styles.list : ''}`}
            tabIndex={isText ? 0 : undefined}
          >
            {children}
          </div>
          {footer && (
            <footer ref={footerOf}>
              {note}
              <Buttons>{footer}</Buttons>
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** What is asked for; without it the library begins at the button that closes, which does no harm. */
const firstField = (content: HTMLElement | null) =>
  content?.querySelector<HTMLElement>(
    'input:is([type=text], [type=date], :not([type])), select, textarea, button',
  ) ?? true;

const lastButton = (footer: HTMLElement | null) =>
  [...(footer?.querySelectorAll('button') ?? [])].at(-1) ?? true;
