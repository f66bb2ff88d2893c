package network.autonomys.farmer.runtime.sim;

import java.util.List;

/** A subject with wildcards, as NATS matches it: {@code *} is one token, {@code >} at the end is one or more. */
final class SubjectPattern {
    private final List<String> tokens;

    SubjectPattern(String pattern) {
        this.tokens = List.of(pattern.split("\\.", -1));
    }

    boolean matches(String subject) {
        List<String> other = List.of(subject.split("\\.", -1));
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.equals(">")) {
                return other.size() > i;
            }
            if (i >= other.size() || (!token.equals("*") && !token.equals(other.get(i)))) {
                return false;
            }
        }
        return other.size() == tokens.size();
    }
}
