/** A popup with a field and a grid of symbols: what is typed narrows it, arrows go through it, Esc closes it. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Popover } from '@base-ui/react/popover';
import type { ComponentProps } from 'react';
import menu from './Menu.module.css';
import styles from './Picker.module.css';

export interface GridItem {
  symbol: string;
  name: string;
}

interface GridPickerProps {
  /** Of the popup and its field. */
  name: string;
  /** What it stands at. */
  anchor: ComponentProps<typeof Popover.Positioner>['anchor'];
  items: GridItem[];
  columns: number;
  text: string;
  empty: string;
  onType(text: string): void;
  onChoose(item: GridItem): void;
  /** The focus should go back: it was closed by Esc, and not by a click elsewhere. */
  onClose(isByKey: boolean): void;
}

export function GridPicker({
  name,
  anchor,
  items,
  columns,
  text,
  empty,
  onType,
  onChoose,
  onClose,
}: GridPickerProps) {
  const rows = Array.from({ length: Math.ceil(items.length / columns) }, (_, row) =>
    items.slice(row * columns, (row + 1) * columns),
  );
  return (
    <Popover.Root open onOpenChange={(open, { reason }) => !open && onClose(reason === 'escape-key')}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="top"
          align="start"
          sideOffset={8}
          className={menu.positioner}
        >
          <Popover.Popup className={`${styles.popup} ${styles.symbols}`} aria-label={name} finalFocus={false}>
            <Autocomplete.Root
              open
              inline
              grid
              mode="none"
              autoHighlight="always"
              items={items}
              value={text}
              onValueChange={(value, { reason }) => reason !== 'item-press' && onType(value)}
              itemToStringValue={(item: GridItem) => item.name}
            >
              <Autocomplete.Input className={styles.input} aria-label={name} placeholder={name} />
              <Autocomplete.Empty className={styles.empty}>{items.length === 0 && empty}</Autocomplete.Empty>
              <Autocomplete.List className={styles.grid}>
                {rows.map((row) => (
                  <Autocomplete.Row key={row[0]?.symbol}>
                    {row.map((item) => (
                      <Autocomplete.Item
                        key={item.symbol}
                        value={item}
                        className={styles.symbol}
                        aria-label={item.name}
                        title={item.name}
                        onClick={() => onChoose(item)}
                      >
                        {item.symbol}
                      </Autocomplete.Item>
                    ))}
                  </Autocomplete.Row>
                ))}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
