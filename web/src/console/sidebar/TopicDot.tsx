import { lookOf } from '#shared/topics.ts';
import styles from './TopicDot.module.css';

export function TopicDot({ topic }: { topic: string }) {
  const variables = { '--hue': lookOf(topic).hue };
  // React's type of `style` does not know custom properties.
  return <span className={styles.dot} style={variables as React.CSSProperties} />;
}
