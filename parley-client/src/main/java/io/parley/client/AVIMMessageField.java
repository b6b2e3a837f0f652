package io.parley.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field of a message class that is part of its content. Any type that can be written as JSON will do. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface AVIMMessageField {
    /**
     * The key in JSON.
     *
     * @return empty for the field's own name
     */
    String name() default "";
}
