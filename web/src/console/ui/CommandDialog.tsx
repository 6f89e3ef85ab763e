/** A field over the page with what can be done: arrows choose, Enter does it, Esc closes. The first item is chosen. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { t } from '@lingui/core/macro';
import { Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './CommandDialog.module.css';
import dialog from './Dialog.module.css';

export interface CommandItem {
  id: string;
  icon: ReactNode;
  name: string;
  /** Said at the end of the line. */
  hint?: string | undefined;
  hotkey?: string | undefined;
  /** One of several that are chosen together: the dialog stays open. */
  checked?: boolean | 'mixed';
  run(): void;
}

export interface CommandGroup {
  name: string;
  items: CommandItem[];
}

interface CommandDialogProps {
  /** Of the dialog and its field. */
  name: string;
  placeholder: string;
  groups: CommandGroup[];
  text: string;
  maxLength?: number;
  onType(text: string): void;
  onClose(): void;
  /** When there are no items. */
  empty: string;
}

export function CommandDialog({
  name,
  placeholder,
  groups,
  text,
  maxLength = 1000,
  onType,
  onClose,
  empty,
}: CommandDialogProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.dialog} aria-label={name}>
          <Autocomplete.Root
            open
            inline
            mode="none"
            autoHighlight="always"
            keepHighlight
            items={groups}
            value={text}
            onValueChange={(value, { reason }) => reason !== 'item-press' && onType(value)}
            itemToStringValue={(item: CommandItem) => item.name}
          >
            <div className={styles.field}>
              <Search size={18} aria-hidden />
              <Autocomplete.Input aria-label={name} placeholder={placeholder} maxLength={maxLength} />
              <Dialog.Close className={styles.close}>
                <span className="visually-hidden">{t`Close`} </span>
                <kbd>esc</kbd>
                <X size={18} aria-hidden />
              </Dialog.Close>
            </div>
            <Autocomplete.Empty className={styles.empty}>{groups.length === 0 && empty}</Autocomplete.Empty>
            <Autocomplete.List className={styles.list}>
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.name} items={group.items}>
                  <Autocomplete.GroupLabel className={styles.label}>{group.name}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: CommandItem) => <Item key={item.id} item={item} onClose={onClose} />}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Item({ item, onClose }: { item: CommandItem; onClose(): void }) {
  return (
    <Autocomplete.Item
      value={item}
      className={styles.item}
      aria-checked={item.checked}
      onClick={() => {
        if (item.checked !== undefined) return item.run();
        onClose();
        setTimeout(item.run); // after the focus has returned: it may move it
      }}
    >
      {item.icon && <span className={styles.icon}>{item.icon}</span>}
      <span className={styles.name}>{item.name}</span>
      {item.hint && <small>{item.hint}</small>}
      {item.hotkey && <kbd>{item.hotkey}</kbd>}
    </Autocomplete.Item>
  );
}
