package app.trackpay.apply;

import app.trackpay.database.Database;
import app.trackpay.database.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/**
 * A database as an open transaction sees it. Whoever connects gets the one connection there is, and does not end it: readers and the probe
 * work in a savepoint there.
 */
record OpenTransaction(Connection connection, Target target) implements Database {

    @Override
    public Connection connect() {
        return (Connection) Proxy.newProxyInstance(
                OpenTransaction.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() {
        // whoever opened the transaction ends it
    }
}
