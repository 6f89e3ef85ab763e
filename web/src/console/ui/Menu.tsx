/** A button that opens a list of actions; arrows, Home, End, letters and Esc work, and the focus returns to it. */
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import styles from './Menu.module.css';

interface MenuProps {
  /** The button; it gets `aria-haspopup` and `aria-expanded`. */
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  align?: 'start' | 'end';
  open?: boolean;
  onOpenChange?(open: boolean): void;
}

export function Menu({ trigger, children, align = 'start', open, onOpenChange }: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        {/* Not at the other end of the button, where it would leave its panel; beside it, where the height is short. */}
        <Base.Positioner
          sideOffset={4}
          align={align}
          collisionAvoidance={{ align: 'shift', fallbackAxisSide: 'end' }}
          className={styles.positioner}
        >
          <Base.Popup className={styles.menu}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  /** The key that does the same. */
  hotkey?: string;
  isDanger?: boolean;
  isChosen?: boolean;
  disabled?: boolean;
  onChoose(): void;
  /** After the name. */
  note?: ReactNode;
  children: ReactNode;
}

export function MenuItem({
  icon,
  hotkey,
  isDanger,
  isChosen,
  disabled,
  onChoose,
  note,
  children,
}: MenuItemProps) {
  return (
    <Base.Item
      className={`${styles.item} ${isDanger ? styles.danger : ''}`}
      disabled={disabled}
      onClick={onChoose}
      aria-current={isChosen || undefined}
    >
      {icon && <span className={styles.icon}>{icon}</span>}
      <span className={styles.name}>{children}</span>
      {note}
      {isChosen && <Check size={15} aria-hidden />}
      {hotkey && <kbd>{hotkey}</kbd>}
    </Base.Item>
  );
}

export const MenuSeparator = () => <Base.Separator className={styles.separator} />;

interface MenuChoiceProps<Value extends string> {
  /** What is chosen; it is read aloud. */
  name: string;
  value: Value;
  choices: { value: Value; name: string; icon: ReactNode }[];
  onChoose(value: Value): void;
}

/** One of several values; choosing closes the menu. Its roles are set by hand: Base UI's radio items would add to the first load. */
export function MenuChoice<Value extends string>({
  name,
  value: chosen,
  choices,
  onChoose,
}: MenuChoiceProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu
    <div role="group" aria-label={name}>
      {choices.map(({ value, name, icon }) => (
        <Base.Item
          key={value}
          className={styles.item}
          role="menuitemradio"
          aria-checked={value === chosen}
          onClick={() => onChoose(value)}
        >
          <span className={styles.icon}>{icon}</span>
          <span className={styles.name}>{name}</span>
          {value === chosen && <Check size={15} aria-hidden />}
        </Base.Item>
      ))}
    </div>
  );
}

interface MenuCheckProps {
  icon?: ReactNode;
  checked: boolean;
  onChange(checked: boolean): void;
  children: ReactNode;
}

/** One of several values that can be chosen together; the menu stays open. */
export function MenuCheck({ icon, checked, onChange, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem
      className={styles.item}
      checked={checked}
      onCheckedChange={onChange}
      closeOnClick={false}
    >
      {icon && <span className={styles.icon}>{icon}</span>}
      <span className={styles.name}>{children}</span>
      <Base.CheckboxItemIndicator>
        <Check size={15} aria-hidden />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  );
}
