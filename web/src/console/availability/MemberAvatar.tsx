import type { StaffMember } from '#api/generated/types.gen.ts';
import { useLiveState } from '#api/live.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import styles from './AvailabilityDot.module.css';
import { AvailabilityDot } from './AvailabilityDot.tsx';

interface MemberAvatarProps {
  member: Pick<StaffMember, 'name' | 'availability'>;
  size?: 20 | 28;
}

/** A team member with a dot for their availability. */
export function MemberAvatar({ member: { name, availability }, size = 20 }: MemberAvatarProps) {
  const isUnknown = useLiveState().now === 'offline';
  return (
    <span className={`${styles.avatar} ${size === 28 ? styles.large : ''}`}>
      <Avatar name={name} size={size} />
      <AvailabilityDot availability={availability} isUnknown={isUnknown} />
    </span>
  );
}
