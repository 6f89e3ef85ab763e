import { lookOf } from '#shared/topics.ts';
import styles from './TopicIcon.module.css';

export function TopicIcon({ topic }: { topic: string | null }) {
  const { icon: Icon, hue } = lookOf(topic);
  const variables = { '--hue': hue };
  // React's type of `style` does not know custom properties.
  return (
    <span className={styles.icon} style={variables as React.CSSProperties}>
      <Icon size={18} strokeWidth={1.9} aria-hidden />
    </span>
  );
}
