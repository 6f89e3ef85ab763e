/** A button that opens a list to choose one of, with a field that narrows it; Esc returns the focus to the button. */
import { Combobox } from '@base-ui/react/combobox';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import menu from './Menu.module.css';
import styles from './Picker.module.css';

export interface PickerItem {
  id: string;
  name: string;
  icon?: ReactNode;
  /** After the name. */
  note?: ReactNode;
  hotkey?: string | undefined;
}

interface PickerProps {
  /** The button. */
  trigger: ReactElement<Record<string, unknown>>;
  /** Of the field. */
  label: string;
  items: PickerItem[];
  chosen: string | null;
  /** When nothing matches. */
  empty: string;
  align?: 'start' | 'end';
  open: boolean;
  onOpenChange(open: boolean): void;
  onChoose(item: PickerItem): void;
}

export function Picker({
  trigger,
  label,
  items,
  chosen,
  empty,
  align = 'start',
  open,
  onOpenChange,
  onChoose,
}: PickerProps) {
  return (
    <Combobox.Root
      items={items}
      value={items.find(({ id }) => id === chosen) ?? null}
      isItemEqualToValue={(one: PickerItem, other: PickerItem) => one.id === other.id}
      itemToStringLabel={(item: PickerItem) => item.name}
      open={open}
      onOpenChange={(isOpen) => onOpenChange(isOpen)}
      onValueChange={(item: PickerItem | null) => {
        onOpenChange(false);
        if (item && item.id !== chosen) onChoose(item);
      }}
      autoHighlight
    >
      <Combobox.Trigger render={trigger} />
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} align={align} className={menu.positioner}>
          <Combobox.Popup className={styles.popup} aria-label={label}>
            <Combobox.Input className={styles.input} placeholder={label} aria-label={label} />
            <Combobox.Empty className={styles.empty}>{empty}</Combobox.Empty>
            <Combobox.List className={styles.list}>
              {(item: PickerItem) => (
                <Combobox.Item key={item.id} value={item} className={menu.item}>
                  {item.icon && <span className={menu.icon}>{item.icon}</span>}
                  <span className={menu.name}>{item.name}</span>
                  {item.note}
                  {item.id === chosen && <Check size={15} aria-hidden />}
                  {item.hotkey && <kbd>{item.hotkey}</kbd>}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
