import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import styles from './Divider.module.css';
import { keepWidths, limits, type Pane, setWidth, widest } from './widths.ts';

const STEP_PX = 16;

interface DividerProps {
  pane: Pane;
  /** The element whose width it changes. */
  of: RefObject<HTMLElement | null>;
  /** On which edge of the pane it stands: the pane grows when it moves away from it. */
  edge: 'left' | 'right';
  label: string;
  className?: string | undefined;
}

/**
 * The edge between two panes. It is dragged, or moved by the arrow keys; Home and End go to the ends, a double click or
 * Enter goes back. `react-resizable-panels` does the same with 18 kB, for which there is no room (docs/decisions/0008).
 */
export function Divider({ pane, of, edge, label, className = '' }: DividerProps) {
  const [{ now, most }, setNow] = useState({ now: limits[pane].min, most: limits[pane].max });
  /** From the edge to where it was taken. */
  const grip = useRef(0);

  useEffect(() => {
    const element = of.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setNow({ now: Math.round(element.getBoundingClientRect().width), most: widest(pane) }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [of, pane]);

  /** How wide the pane would be with its edge at `x`. */
  function widthAt(x: number): number {
    const box = of.current?.getBoundingClientRect() ?? new DOMRect();
    return edge === 'right' ? x - box.left : box.right - x;
  }
  const width = () => of.current?.getBoundingClientRect().width ?? 0;

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.preventDefault(); // nothing is selected on the way
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = width() - widthAt(event.clientX);
  }
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setWidth(pane, widthAt(event.clientX) + grip.current);
  }
  function onKeyDown(event: KeyboardEvent) {
    const [wider, narrower] = edge === 'right' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === wider) setWidth(pane, width() + STEP_PX);
    else if (event.key === narrower) setWidth(pane, width() - STEP_PX);
    else if (event.key === 'Home') setWidth(pane, limits[pane].min);
    else if (event.key === 'End') setWidth(pane, widest(pane));
    else if (event.key === 'Enter') setWidth(pane, null);
    else return;
    event.preventDefault();
    keepWidths();
  }
  function reset() {
    setWidth(pane, null);
    keepWidths();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> has no value and no keys
    <div
      className={`${styles.divider} ${styles[edge]} ${className}`}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={limits[pane].min}
      aria-valuemax={Math.max(most, now)}
      aria-valuenow={now}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={keepWidths}
      onDoubleClick={reset}
      onKeyDown={onKeyDown}
    />
  );
}
