package dev.hearsay.agent.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of a body means, for the OpenAPI document, and whether it may be absent. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Doc {
    /** One line. */
    String value();

    /** Whether it may be absent; null then, or zero or false. */
    boolean optional() default false;
}
