import styles from './TopicDot.module.css';

/** A topic's colour: of its key alone, so that it is the same everywhere. */
export function TopicDot({ topic }: { topic: string }) {
  const variables = { '--hue': hueOf(topic) };
  // React's type of `style` does not know custom properties.
  return <span className={styles.dot} style={variables as React.CSSProperties} />;
}

function hueOf(key: string): number {
  let hash = 7;
  for (const letter of key) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return hash % 360;
}
