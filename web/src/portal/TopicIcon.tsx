import {
  Database,
  Globe,
  Mail,
  MessageCircle,
  Network,
  Receipt,
  Server,
  ShieldAlert,
  Signpost,
} from 'lucide-react';
import styles from './TopicIcon.module.css';

/** The topics that a new instance has; a topic of the host's own gets the last one, in a colour of its own. */
const icons = {
  servers: Server,
  network: Network,
  databases: Database,
  domains: Globe,
  dns: Signpost,
  mail: Mail,
  billing: Receipt,
  abuse: ShieldAlert,
};

export function TopicIcon({ topic }: { topic: string | null }) {
  const Icon = Object.hasOwn(icons, topic ?? '') ? icons[topic as keyof typeof icons] : MessageCircle;
  const variables = { '--hue': hueOf(topic ?? '') };
  // React's type of `style` does not know custom properties.
  return (
    <span className={styles.icon} style={variables as React.CSSProperties}>
      <Icon size={18} strokeWidth={1.9} aria-hidden />
    </span>
  );
}

function hueOf(key: string): number {
  let hash = 7;
  for (const letter of key) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return hash % 360;
}
