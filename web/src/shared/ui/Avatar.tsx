import styles from './Avatar.module.css';

interface AvatarProps {
  name: string;
  /** Pixels. */
  size?: 20 | 24 | 28 | 32 | 36;
  /** A client has a square, a team member a circle. */
  shape?: 'circle' | 'square';
}

/** Initials in a colour of the name. The name itself stands beside it, so it is not read aloud. */
export function Avatar({ name, size = 28, shape = 'circle' }: AvatarProps) {
  const variables = { '--hue': hueOf(name), '--size': `${size}px` };
  // React's type of `style` does not know custom properties.
  const style = variables as React.CSSProperties;
  return (
    <span className={`${styles.avatar} ${styles[shape]}`} style={style} data-initials={initialsOf(name)} />
  );
}

/** Of a company: no part of its name. */
const LEGAL_FORM = /^(ИП|ООО|АО|ПАО|ЗАО|НКО|GmbH|AG|KG|UG|Ltd|LLC|LLP|Inc|PLC|SARL|BV|Oy|AB)$/iu;

function initialsOf(name: string): string {
  const all = name.split(/[\s«»"(),.]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const own = all.filter((word) => !LEGAL_FORM.test(word));
  const words = own.length > 0 ? own : all;
  const [first = '?', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last]
    .map((word) => (word ? ([...word][0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase();
}

function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name.slice(0, 100)) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return hash % 360;
}
