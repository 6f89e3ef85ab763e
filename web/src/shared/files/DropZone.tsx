import { Trans } from '@lingui/react/macro';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import styles from './DropZone.module.css';
import { limitsInWords } from './limits.ts';
import type { Attachments } from './useAttachments.ts';

interface DropZoneProps {
  /** Null where nothing can be attached: then it only holds its children. */
  attachments: Attachments | null;
  className?: string;
  children: ReactNode;
}

/** Takes files that are dropped anywhere on what it holds. */
export function DropZone({ attachments, className = '', children }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const depth = useRef(0); // every element inside enters and leaves by itself

  const isWanted = (event: DragEvent) => attachments && event.dataTransfer.types.includes('Files');
  function move(event: DragEvent, by: number) {
    if (!isWanted(event)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same by keyboard
    <div
      className={`${styles.zone} ${className}`}
      onDragEnter={(event) => move(event, 1)}
      onDragOver={(event) => move(event, 0)}
      onDragLeave={(event) => move(event, -1)}
      onDrop={(event) => {
        if (!isWanted(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        attachments?.add(Array.from(event.dataTransfer.files));
      }}
    >
      {children}
      {isOver && attachments && (
        <div className={styles.over} aria-hidden>
          <Trans>Drop files to attach them</Trans>
          <small>{limitsInWords(attachments.limits)}</small>
        </div>
      )}
    </div>
  );
}
