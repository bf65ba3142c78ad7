package app.trackpay.mojo;

